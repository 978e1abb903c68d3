import type { ReactNode } from 'react'

type EmptyStateProps = {
  glyph: ReactNode
  title: string
  children: ReactNode
  actions?: ReactNode
  role?: 'status' | 'alert'
}

/** A place without content: what it is for, and the one next action. */
export function EmptyState({ glyph, title, children, actions, role = 'status' }: EmptyStateProps) {
  return (
    <div className="flex h-full items-center justify-center p-6">
      <div
        role={role}
        className="flex w-full max-w-md animate-rise flex-col items-center gap-3 rounded-frame border border-line bg-raised px-8 py-7 text-center"
      >
        <span className="flex size-10 items-center justify-center rounded-card bg-sunk text-ink-soft [&_svg]:size-5">
          {glyph}
        </span>
        <h2 className="font-semibold text-base text-ink">{title}</h2>
        <div className="flex w-full min-w-0 flex-col gap-2 text-ink-soft text-sm">{children}</div>
        {actions && <div className="mt-1 flex flex-wrap justify-center gap-2">{actions}</div>}
      </div>
    </div>
  )
}
