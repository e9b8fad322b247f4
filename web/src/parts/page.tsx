import { Link, type LinkProps } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'

/** Title, one sentence, actions; also sets the window's title. */
export function PageHead({ title, lead, actions }: { title: string; lead?: ReactNode; actions?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Tributary 百川`
  }, [title])
  return (
    <div className="page-head">
      <div className="grow">
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </div>
  )
}

export interface SubLink {
  to: LinkProps['to']
  text: string
  count?: string
  exact?: boolean
}

/** The second and last level of navigation: links, so that each has an address. */
export function SubNav({ label, links }: { label: string; links: readonly SubLink[] }) {
  return (
    <nav aria-label={label} className="subnav">
      {links.map((link) => (
        <Link
          key={String(link.to)}
          to={link.to}
          activeOptions={{ exact: link.exact ?? false, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {link.text}
          {link.count && <span className="tag badge">{link.count}</span>}
        </Link>
      ))}
    </nav>
  )
}

export function Panel({
  title,
  extra,
  flush,
  children,
  className = '',
}: {
  title?: ReactNode
  extra?: ReactNode
  flush?: boolean
  children: ReactNode
  className?: string
}) {
  return (
    <section className={`panel ${className}`}>
      {(title || extra) && (
        <div className="panel-head">
          {title && <h2>{title}</h2>}
          {extra && <div className="extra">{extra}</div>}
        </div>
      )}
      <div className={`panel-body${flush ? ' flush' : ''}${title || extra ? '' : ' only'}`}>{children}</div>
    </section>
  )
}
