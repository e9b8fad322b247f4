export { customerQuery, customersById, profileDeps, type CustomerFilter } from './customers.ts'
export { exportFile, exportResult, type ExportRequest } from './exports.ts'
export { auditEntries, catalogueView, lineageRuns } from './governance-views.ts'
export { cleaningText, shareOf } from './cleaning-text.ts'
