import type { Domain } from '../contract.ts'
import { address, field, personal, region } from './field.ts'

/** Households. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const household: Domain = {
  name: 'household',
  text: { zh: '家庭', en: 'Households' },
  naturalKey: ['household_id'],
  keyFields: ['name', 'region'],
  fields: {
    household_id: field('text', '家庭编号', 'Household ID', '家庭id 户号 householdid familyid'),
    name: field('text', '家庭名称', 'Household name', '户主 户主姓名 householdname familyname', personal.name),
    region,
    address,
  },
}
