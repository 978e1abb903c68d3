import { Skeleton } from './skeleton'

type TableSkeletonProps = {
  /** What is being read: `Reading the plans`. */
  label: string
  /** As high as the rows will be. */
  row: string
}

/** A table as it will be: its head and a few rows of its height. */
export function TableSkeleton({ label, row }: TableSkeletonProps) {
  return (
    <div role="status" aria-label={label} className="flex flex-col">
      <div className="h-[34px] border-line border-b" />
      {['w-72', 'w-56', 'w-80', 'w-64'].map((width) => (
        <div key={width} className={`flex items-center gap-6 border-line border-b px-6 ${row}`}>
          <span className="min-w-0 flex-1">
            <Skeleton className={`h-3.5 max-w-full ${width}`} />
          </span>
          <Skeleton className="h-5 w-14" />
          <Skeleton className="h-3 w-16 max-md:hidden" />
          <Skeleton className="h-3 w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
