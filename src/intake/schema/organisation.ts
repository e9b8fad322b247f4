import type { Domain } from '../contract.ts'
import { field, region } from './field.ts'

/** Organisations. Field list and meaning: ARCHITECTURE.md, "Domain fields". */
export const organisation: Domain = {
  name: 'organisation',
  text: { zh: '组织', en: 'Organisations' },
  naturalKey: ['organisation_id'],
  keyFields: ['name', 'industry', 'region'],
  fields: {
    organisation_id: field(
      'text',
      '组织编号',
      'Organisation ID',
      '公司编号 企业编号 企业id 公司id companyid organizationid organisationid orgid accountid accountno',
    ),
    name: field(
      'text',
      '组织名称',
      'Organisation name',
      '公司名称 企业名称 单位名称 公司 企业 companyname company organization organisation account accountname orgname',
    ),
    uscc: field(
      'text',
      '统一社会信用代码',
      'Unified social credit code',
      '社会信用代码 信用代码 税号 纳税人识别号 creditcode taxid',
    ),
    industry: field(
      'text',
      '所属行业',
      'Industry',
      '行业 行业类别 行业分类 sector industryname segment businesssegment',
      { semantic: 'industry' },
    ),
    region: { ...region, synonyms: [...region.synonyms, 'officelocation', 'headquarters', 'location'] },
    size: field(
      'text',
      '规模',
      'Size',
      '企业规模 公司规模 人员规模 员工人数 员工数 人数 employees employeecount headcount companysize numberofemployees',
    ),
    website: field('text', '网站', 'Website', '官网 网址 公司网站 url web homepage domain'),
    parent_id: field(
      'text',
      '上级组织',
      'Parent organisation',
      '上级公司 母公司 总公司 上级编号 subsidiaryof parent parentcompany parentaccount parentid',
    ),
  },
}
