import type { ReactNode } from 'react'

/** A thing that is made along the way: its own small form inside the step. */
export function Inset({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section
      aria-label={title}
      className="flex min-w-0 flex-col gap-5 rounded-card border border-line-strong border-dashed px-4 py-3.5"
    >
      <h3 className="font-medium text-accent-ink text-xs">{title}</h3>
      {children}
    </section>
  )
}
