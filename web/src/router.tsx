import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Frame } from './frame/frame.tsx'
import { NotFound } from './frame/not-found.tsx'
import { Failed, Skeleton } from './parts/states.tsx'
import { number, oneOf, text, tidy } from './url.ts'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })
const at = () => root

const home = createRoute({
  getParentRoute: at,
  path: '/',
  validateSearch: (raw) => tidy({ asOf: text(raw, 'asOf') }),
  component: lazyRouteComponent(() => import('./screens/home/home.tsx'), 'Home'),
})

const sources = createRoute({
  getParentRoute: at,
  path: '/sources',
  component: lazyRouteComponent(() => import('./screens/sources/sources.tsx'), 'Sources'),
})
const source = createRoute({
  getParentRoute: at,
  path: '/sources/$id',
  component: lazyRouteComponent(() => import('./screens/sources/source.tsx'), 'Source'),
})

const intake = createRoute({
  getParentRoute: at,
  path: '/intake',
  validateSearch: (raw) =>
    tidy({
      upload: text(raw, 'upload'),
      file: number(raw, 'file'),
      step: oneOf(raw, 'step', ['read', 'map', 'run'] as const),
      task: text(raw, 'task'),
    }),
  component: lazyRouteComponent(() => import('./screens/intake/intake.tsx'), 'Intake'),
})

const scores = createRoute({
  getParentRoute: at,
  path: '/quality',
  validateSearch: (raw) => tidy({ source: text(raw, 'source'), dataset: text(raw, 'dataset') }),
  component: lazyRouteComponent(() => import('./screens/quality/scores.tsx'), 'Scores'),
})
const rules = createRoute({
  getParentRoute: at,
  path: '/quality/rules',
  validateSearch: (raw) =>
    tidy({ dataset: text(raw, 'dataset'), status: oneOf(raw, 'status', ['pass', 'warn', 'error'] as const) }),
  component: lazyRouteComponent(() => import('./screens/quality/rules.tsx'), 'Rules'),
})
const quarantine = createRoute({
  getParentRoute: at,
  path: '/quality/quarantine',
  validateSearch: (raw) =>
    tidy({
      source: text(raw, 'source'),
      rule: text(raw, 'rule'),
      state: oneOf(raw, 'state', ['open', 'fixed', 'replayed', 'discarded', 'all'] as const),
      row: text(raw, 'row'),
    }),
  component: lazyRouteComponent(() => import('./screens/quality/quarantine.tsx'), 'Quarantine'),
})
const review = createRoute({
  getParentRoute: at,
  path: '/quality/review',
  validateSearch: (raw) => tidy({ state: oneOf(raw, 'state', ['open', 'kept', 'fixed'] as const) }),
  component: lazyRouteComponent(() => import('./screens/quality/review.tsx'), 'Review'),
})

const identity = createRoute({
  getParentRoute: at,
  path: '/identity',
  component: lazyRouteComponent(() => import('./screens/identity/identity.tsx'), 'Identity'),
})

const customers = createRoute({
  getParentRoute: at,
  path: '/profiles',
  validateSearch: (raw) =>
    tidy({
      q: text(raw, 'q'),
      segment: text(raw, 'segment'),
      rule: text(raw, 'rule'),
      level: text(raw, 'level'),
      stage: text(raw, 'stage'),
      region: text(raw, 'region'),
      sort: oneOf(raw, 'sort', ['amount', 'orders', 'lastOrderAt', 'name'] as const),
      dir: oneOf(raw, 'dir', ['asc', 'desc'] as const),
    }),
  component: lazyRouteComponent(() => import('./screens/profiles/customers.tsx'), 'Customers'),
})
const profile = createRoute({
  getParentRoute: at,
  path: '/profiles/$id',
  validateSearch: (raw) =>
    tidy({
      tab: oneOf(raw, 'tab', ['timeline', 'traits', 'identity'] as const),
      type: text(raw, 'type'),
      row: text(raw, 'row'),
    }),
  component: lazyRouteComponent(() => import('./screens/profiles/profile.tsx'), 'Profile'),
})

const segments = createRoute({
  getParentRoute: at,
  path: '/segments',
  component: lazyRouteComponent(() => import('./screens/segments/segments.tsx'), 'Segments'),
})
const rfm = createRoute({
  getParentRoute: at,
  path: '/segments/rfm',
  validateSearch: (raw) =>
    tidy({ asOf: text(raw, 'asOf'), windowDays: number(raw, 'windowDays'), compareWith: text(raw, 'compareWith') }),
  component: lazyRouteComponent(() => import('./screens/rfm/rfm.tsx'), 'Rfm'),
})
const newSegment = createRoute({
  getParentRoute: at,
  path: '/segments/new',
  validateSearch: (raw) => tidy({ rule: text(raw, 'rule') }),
  component: lazyRouteComponent(() => import('./screens/segments/builder.tsx'), 'NewSegment'),
})
const segment = createRoute({
  getParentRoute: at,
  path: '/segments/$name',
  component: lazyRouteComponent(() => import('./screens/segments/segment.tsx'), 'Segment'),
})
const editSegment = createRoute({
  getParentRoute: at,
  path: '/segments/$name/edit',
  component: lazyRouteComponent(() => import('./screens/segments/builder.tsx'), 'EditSegment'),
})

const analyses = createRoute({
  getParentRoute: at,
  path: '/insight',
  component: lazyRouteComponent(() => import('./screens/insight/analyses.tsx'), 'Analyses'),
})
const analysis = createRoute({
  getParentRoute: at,
  path: '/insight/analyses/$id',
  validateSearch: (raw) =>
    tidy({
      people: text(raw, 'people'),
      asOf: text(raw, 'asOf'),
      windowDays: number(raw, 'windowDays'),
      params: text(raw, 'params'),
    }),
  component: lazyRouteComponent(() => import('./screens/insight/analysis.tsx'), 'Analysis'),
})
const reports = createRoute({
  getParentRoute: at,
  path: '/insight/reports',
  component: lazyRouteComponent(() => import('./screens/reports/reports.tsx'), 'Reports'),
})
const newReport = createRoute({
  getParentRoute: at,
  path: '/insight/reports/new',
  validateSearch: (raw) => tidy({ step: number(raw, 'step'), from: text(raw, 'from'), task: text(raw, 'task') }),
  component: lazyRouteComponent(() => import('./screens/reports/new-report.tsx'), 'NewReport'),
})
const report = createRoute({
  getParentRoute: at,
  path: '/insight/reports/$id',
  component: lazyRouteComponent(() => import('./screens/reports/report.tsx'), 'ReportView'),
})

const catalogue = createRoute({
  getParentRoute: at,
  path: '/governance',
  validateSearch: (raw) => tidy({ q: text(raw, 'q'), table: text(raw, 'table') }),
  component: lazyRouteComponent(() => import('./screens/governance/catalogue.tsx'), 'Catalogue'),
})
const runs = createRoute({
  getParentRoute: at,
  path: '/governance/runs',
  component: lazyRouteComponent(() => import('./screens/governance/runs.tsx'), 'Runs'),
})
const audit = createRoute({
  getParentRoute: at,
  path: '/governance/audit',
  component: lazyRouteComponent(() => import('./screens/governance/audit.tsx'), 'Audit'),
})

const tree = root.addChildren([
  home,
  sources,
  source,
  intake,
  scores,
  rules,
  quarantine,
  review,
  identity,
  customers,
  profile,
  segments,
  rfm,
  newSegment,
  segment,
  editSegment,
  analyses,
  analysis,
  reports,
  newReport,
  report,
  catalogue,
  runs,
  audit,
])

export function makeRouter() {
  return createRouter({
    routeTree: tree,
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Skeleton lines={8} big />,
    defaultErrorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>
  }
}
