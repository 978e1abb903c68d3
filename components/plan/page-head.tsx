import type { ReactNode } from 'react'

type PageHeadProps = { title: string; text: string; actions?: ReactNode; children?: ReactNode }

/** The top of a page beside the map: what it is, and its controls below. */
export function PageHead({ title, text, actions, children }: PageHeadProps) {
  return (
    <header className="flex flex-col gap-3 border-line border-b bg-raised px-6 pt-4 pb-3.5">
      <div className="flex min-w-0 flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1">
          <h1 className="font-semibold text-ink text-lg">{title}</h1>
          <p className="max-w-3xl text-ink-soft text-sm">{text}</p>
        </div>
        {actions && <div className="flex gap-2">{actions}</div>}
      </div>
      {children}
    </header>
  )
}
