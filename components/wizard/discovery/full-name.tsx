'use client'

import { Copy } from '../../ui/copy'

/** The whole name that callers will use, while it is being typed. */
export function FullName({ name }: { name: string | null }) {
  return (
    <div className="flex min-w-0 flex-col gap-0.5 rounded-control border border-line bg-sunk px-3 py-2">
      <span className="text-ink-soft text-xs">Full DNS name</span>
      {name === null ? (
        <span className="text-ink-soft text-sm">stands here once it has a valid name</span>
      ) : (
        <Copy name="full DNS name" value={name} length={253} className="wrap-anywhere text-sm" />
      )}
    </div>
  )
}
