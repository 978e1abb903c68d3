'use client'

import Link from 'next/link'
import type { ActivityEntry, ActivityPage } from '@/lib/activity/entry'
import { isSolo } from '@/lib/activity/solo'
import { StateGlyph } from '../topology/state-glyph'
import { formatDuration, formatSince } from '../ui/age'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { cn } from '../ui/class-names'
import { Copy } from '../ui/copy'
import { useNow } from '../ui/use-now'
import { momentWords, resultTones, resultWords, targetWords, whoWords } from './activity-words'

type ActivityTableProps = {
  page: ActivityPage
  isOld: boolean
  /** The newest page: there is nothing newer to go to. */
  isFirst: boolean
  onOlder: (beforeSeq: number) => void
  onNewest: () => void
}

export function ActivityTable({ page, isOld, isFirst, onOlder, onNewest }: ActivityTableProps) {
  const next = page.nextBeforeSeq
  return (
    <>
      <section
        aria-label="Changes"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className={cn('min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2', isOld && 'grayscale')}
      >
        <table className="w-full border-separate border-spacing-0 text-left text-xs">
          <thead>
            <tr className="[&_th]:sticky [&_th]:top-0 [&_th]:z-10 [&_th]:border-line [&_th]:border-b [&_th]:bg-surface [&_th]:px-3 max-wide:[&_th]:px-2 [&_th]:py-2 [&_th]:font-normal [&_th]:text-ink-soft">
              <th scope="col" className="pl-6!">
                When
              </th>
              <th scope="col">What</th>
              <th scope="col" className="max-wide:hidden">
                Subject
              </th>
              <th scope="col">Result</th>
              <th scope="col">Request id</th>
              <th scope="col" className="text-right">
                Took
              </th>
              <th scope="col">Who</th>
              <th scope="col" className="pr-6!">
                Target
              </th>
            </tr>
          </thead>
          <tbody>
            {page.entries.map((entry) => (
              <EntryRow key={entry.seq} entry={entry} />
            ))}
          </tbody>
        </table>
      </section>
      {(next !== null || !isFirst) && (
        <nav
          aria-label="Pages"
          className="flex items-center justify-end gap-2 border-line border-t bg-raised px-6 py-2"
        >
          <Button isDisabled={isFirst} onPress={onNewest}>
            Newest
          </Button>
          <Button isDisabled={next === null} onPress={() => next !== null && onOlder(next)}>
            Older
          </Button>
        </nav>
      )}
    </>
  )
}

function EntryRow({ entry }: { entry: ActivityEntry }) {
  const tone = resultTones[entry.result]
  return (
    <tr
      data-result={entry.result}
      className="align-top [&>*]:border-line [&>*]:border-b [&>*]:px-3 max-wide:[&>*]:px-2 [&>*]:py-2.5 hover:bg-raised"
    >
      <td className="whitespace-nowrap pl-6! text-ink-soft tabular-nums">
        <time dateTime={new Date(entry.atMs).toISOString()} className="block text-ink">
          {momentWords(entry.atMs)}
        </time>
        <Ago atMs={entry.atMs} />
      </td>
      <th scope="row" className="w-full min-w-52 font-normal">
        {isSolo(entry.runId) ? (
          <span className="wrap-anywhere font-medium text-ink text-sm">{entry.sentence}</span>
        ) : (
          <Link
            href={`/plans/${encodeURIComponent(entry.runId)}`}
            className="wrap-anywhere rounded-chip font-medium text-ink text-sm hover:text-accent-ink hover:underline"
          >
            {entry.sentence}
          </Link>
        )}
        <span className="wrap-anywhere block font-mono text-2xs text-ink-soft">
          {entry.command}
          {entry.action.startsWith('undo') && ' · undo'}
        </span>
      </th>
      <td title={entry.subject} className="max-w-[220px] truncate max-wide:hidden font-mono text-ink">
        {entry.subject}
      </td>
      <td>
        <Chip tone={tone} icon={<StateGlyph state={tone} />}>
          {resultWords[entry.result]}
        </Chip>
        {entry.errorCode !== null && (
          <span className="mt-0.5 block max-w-48 break-words font-mono text-2xs text-ink-soft">
            {entry.errorCode}
          </span>
        )}
      </td>
      <td className="whitespace-nowrap">
        {entry.requestId === null ? (
          <span className="text-ink-soft">none</span>
        ) : (
          <Copy
            name="AWS request id"
            value={entry.requestId}
            text={entry.requestId.slice(0, 8)}
            className="min-h-5"
          />
        )}
      </td>
      <td className="whitespace-nowrap text-right font-mono text-ink-soft tabular-nums">
        {entry.durationMs === null ? '' : formatDuration(entry.durationMs)}
      </td>
      <TwoLines first={whoWords(entry)} second={entry.address} />
      <TwoLines first={targetWords(entry)} second={entry.region} className="pr-6! font-mono" />
    </tr>
  )
}

type TwoLinesProps = { first: string; second: string | null; className?: string }

function TwoLines({ first, second, className }: TwoLinesProps) {
  return (
    <td className={cn('whitespace-nowrap text-ink-soft', className)}>
      {first}
      {second !== null && <span className="block font-mono text-2xs">{second}</span>}
    </td>
  )
}

function Ago({ atMs }: { atMs: number }) {
  const now = useNow(5_000)
  return <span className="text-2xs">{formatSince(now - atMs)} ago</span>
}
