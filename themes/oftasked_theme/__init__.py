"""The MkDocs theme ``oftasked``: Material's frame, an FAQ's pages. This folder is the theme."""
