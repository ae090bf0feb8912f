// The way of a file of 1,000,000 Auth IDs from the browser's file picker to *Finalised*, against one
// process that reads it and writes its ids in one SQLite transaction.
export async function importFile() {
  return [];
}
