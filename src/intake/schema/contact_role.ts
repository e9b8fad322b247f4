import type { Domain } from '../contract.ts'
import { customerId, field } from './field.ts'

/** Contact roles. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const contactRole: Domain = {
  name: 'contact_role',
  text: { zh: '联系人角色', en: 'Contact roles' },
  naturalKey: ['organisation_id', 'customer_id', 'role'],
  keyFields: ['organisation_id', 'customer_id', 'role'],
  fields: {
    organisation_id: field(
      'text',
      '组织编号',
      'Organisation ID',
      '公司编号 企业编号 企业id 公司id companyid organizationid orgid accountid company account',
    ),
    customer_id: { ...customerId, synonyms: [...customerId.synonyms, '联系人编号', '联系人id', 'salesagent'] },
    role: field('text', '角色', 'Role', '联系人角色 采购角色 contactrole rolename', { semantic: 'contact_role' }),
    department: field('text', '部门', 'Department', '所属部门 部门名称 dept division'),
    title: field('text', '职务', 'Title', '职位 岗位 职称 jobtitle position'),
    since: field('date', '起始日期', 'Since', '任职日期 开始日期 startdate validfrom'),
  },
}
