export * from './contract.ts'
export { openLocalJournal, type LocalJournalOptions } from './local/journal.ts'
export { openLocalLake } from './local/lake.ts'
