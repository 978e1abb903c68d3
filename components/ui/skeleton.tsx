import { cn } from './class-names'

/** A quiet block in the shape of what will stand there. Give it the size of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse-soft rounded-chip bg-line', className)} />
}
