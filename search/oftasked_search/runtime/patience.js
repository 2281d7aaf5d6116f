// What is good to have is waited for, but not for ever: without it a search still answers.

const WAIT = 3000; // milliseconds beyond what a search cannot do without
const HURRY = 300; // the same once waiting was in vain

/** How long the state of an index waits for what words mean. */
export class Patience {
  constructor() {
    this.wait = WAIT;
  }

  /**
   * What some work gives, or something else in its place if it takes much longer than what is needed anyway. The
   * work goes on and fills the cache.
   * @template T
   * @param {Promise<T>} work
   * @param {Promise<unknown>} needed
   * @param {T} instead
   * @returns {Promise<T>}
   */
  async inTime(work, needed, instead) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    let late = false;
    const over = needed.then(
      () =>
        new Promise((resolve) => {
          timer = setTimeout(resolve, this.wait);
        }),
    );
    const given = over.then(() => {
      late = true;
      return instead;
    });
    try {
      return await Promise.race([work, given]);
    } finally {
      clearTimeout(timer);
      this.wait = late ? HURRY : WAIT;
      work.catch(() => {}); // whoever has answered without it does not want its failure either
    }
  }
}
