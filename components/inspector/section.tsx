import type { ReactNode } from 'react'
import { cn } from '../ui/class-names'

/** A titled part of the inspector, set off by a line. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="border-line border-b px-4 py-3.5 last:border-b-0">
      <div className="mb-1.5 flex min-h-5 items-center justify-between gap-2">
        <h3 className="text-ink-soft text-xs">{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Names at the left, values at the right. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="flex flex-col gap-0.5">{children}</dl>
}

export function Fact({
  name,
  children,
  mono = false,
}: {
  name: string
  children: ReactNode
  mono?: boolean
}) {
  return (
    <div className="flex min-h-6 items-baseline gap-3">
      <dt className="w-[100px] shrink-0 py-0.5 text-ink-soft text-sm leading-5">{name}</dt>
      <dd
        className={cn(
          'min-w-0 flex-1 break-words py-0.5 text-ink text-sm leading-5',
          mono && 'font-mono text-xs',
        )}
      >
        {children}
      </dd>
    </div>
  )
}
