import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/client.ts'
import type { AnalysisView } from '../../api/types.ts'
import { useFormat } from '../../i18n/format.ts'
import { Definition } from '../../parts/definition.tsx'
import { Panel } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { InsightHead } from './head.tsx'
import { useInsight } from './words.ts'

const layers = ['descriptive', 'diagnostic', 'predictive', 'prescriptive'] as const

export function useAnalyses() {
  return useQuery({
    queryKey: ['/insight/analyses'],
    staleTime: 600_000,
    queryFn: ({ signal }) => api.get<AnalysisView[]>('/insight/analyses', {}, signal),
  })
}

export function Analyses() {
  const t = useInsight()
  const f = useFormat()
  const query = useAnalyses()
  return (
    <>
      <InsightHead />
      <Loaded query={query}>
        {(analyses) => (
          <div className="stack">
            {layers
              .filter((layer) => analyses.some((a) => a.layer === layer))
              .map((layer) => (
                <section key={layer} className="stack tight">
                  <h2>{t(`layer_${layer}`)}</h2>
                  <div className="cards">
                    {analyses
                      .filter((a) => a.layer === layer)
                      .map((a) => (
                        <Panel key={a.id}>
                          <div className="row" style={{ gap: 2 }}>
                            <Link to="/insight/analyses/$id" params={{ id: a.id }}>
                              <strong style={{ fontSize: 15 }}>{f.text(a.name)}</strong>
                            </Link>
                            <Definition name={f.text(a.name)}>{f.text(a.definition)}</Definition>
                          </div>
                          <p style={{ color: 'var(--text-2)', marginTop: 4 }}>{f.text(a.question)}</p>
                        </Panel>
                      ))}
                  </div>
                </section>
              ))}
          </div>
        )}
      </Loaded>
    </>
  )
}
