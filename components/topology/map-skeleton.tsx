import { Skeleton } from '../ui/skeleton'
import { card, gap, padding } from './layout/sizes'

/** The map before the first reading: frames and cards in their real sizes. */
export function MapSkeleton() {
  return (
    <div
      role="status"
      aria-label="Reading services"
      className="absolute inset-0 flex flex-wrap content-center justify-center gap-10 overflow-hidden p-16"
    >
      <Frame columns={3} />
      <Frame columns={2} />
    </div>
  )
}

function Frame({ columns }: { columns: number }) {
  return (
    <div
      className="relative grid rounded-frame border border-line bg-frame"
      style={{
        gridTemplateColumns: `repeat(${columns}, ${card.width}px)`,
        columnGap: gap.rank,
        rowGap: gap.row,
        padding: `${padding.top}px ${padding.x}px ${padding.bottom}px`,
      }}
    >
      <span className="absolute -top-[11px] left-3.5 flex h-[22px] w-44 items-center rounded-full border border-line bg-raised px-2.5">
        <Skeleton className="h-2 w-full" />
      </span>
      {Array.from({ length: columns }, (_, i) => `card ${i}`).map((key) => (
        <div
          key={key}
          style={{ height: card.height }}
          className="flex flex-col gap-2.5 rounded-card border border-line bg-raised p-3"
        >
          <Skeleton className="h-3 w-28" />
          <Skeleton className="h-2 w-40" />
          <span className="mt-auto flex items-center gap-1">
            <Skeleton className="size-2.5 rounded-full" />
            <Skeleton className="size-2.5 rounded-full" />
            <Skeleton className="ml-auto h-4 w-16" />
          </span>
        </div>
      ))}
    </div>
  )
}
