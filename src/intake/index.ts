export * from './contract.ts'
export { domainNames, domainOf, domains } from './schema/index.ts'
export { batchTable, domainTables, intakeTables, quarantineTable, systemColumns, type SystemColumn } from './tables.ts'
