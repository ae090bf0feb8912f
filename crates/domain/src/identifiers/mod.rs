//! Auth IDs and Chip IDs: keys and checks.
