import type { ReactNode } from 'react'
import { cn } from './class-names'

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-chip border border-line-strong bg-sunk px-1 font-mono text-2xs text-ink-soft',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
