import type { Api } from '../api.ts'

import type { ServerOptions } from '../app.ts'
import { governanceRoutes } from './governance.ts'
import { homeRoutes } from './home.ts'
import { identityRoutes } from './identity.ts'
import { insightRoutes } from './insight.ts'
import { intakeRoutes } from './intake.ts'
import { profileRoutes } from './profiles.ts'
import { qualityRoutes } from './quality.ts'
import { reportRoutes } from './reports.ts'
import { segmentRoutes } from './segments.ts'
import { sourceRoutes } from './sources.ts'
import { taskRoutes } from './tasks.ts'

/** One file of routes for each word of the river. */
export async function routes(app: Api, options: ServerOptions): Promise<void> {
  homeRoutes(app, options)
  taskRoutes(app, options)
  sourceRoutes(app, options)
  intakeRoutes(app, options)
  qualityRoutes(app, options)
  identityRoutes(app, options)
  profileRoutes(app, options)
  segmentRoutes(app, options)
  insightRoutes(app, options)
  reportRoutes(app, options)
  governanceRoutes(app, options)
}
