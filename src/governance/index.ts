export * from './contract.ts'
export { createGovernance, type Governance } from './governance.ts'
