//! The server: REST, books, and the single-page app's files.
