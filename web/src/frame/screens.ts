import {
  ApartmentOutlined,
  BarChartOutlined,
  CloudUploadOutlined,
  ClusterOutlined,
  DatabaseOutlined,
  HomeOutlined,
  SafetyCertificateOutlined,
  SafetyOutlined,
  TeamOutlined,
} from '@ant-design/icons'

/** The menu is the river: the same words in the same order as folders, CLI and HTTP paths. */
export const river = [
  { key: 'sources', to: '/sources', icon: DatabaseOutlined },
  { key: 'intake', to: '/intake', icon: CloudUploadOutlined },
  { key: 'quality', to: '/quality', icon: SafetyOutlined },
  { key: 'identity', to: '/identity', icon: ApartmentOutlined },
  { key: 'profiles', to: '/profiles', icon: TeamOutlined },
  { key: 'segments', to: '/segments', icon: ClusterOutlined },
  { key: 'insight', to: '/insight', icon: BarChartOutlined },
] as const

export const home = { key: 'home', to: '/', icon: HomeOutlined } as const
export const governance = { key: 'governance', to: '/governance', icon: SafetyCertificateOutlined } as const
export const screens = [home, ...river, governance] as const
