import type { ConnectDraft } from '@/lib/changes/connect/draft'
import { type ClientFacts, type Help, helpOf } from '@/lib/changes/connect/help'
import type { ConnectName } from '@/lib/changes/connect/known'

/** A service that the same plan could move along. */
export type Candidate = {
  readonly arn: string
  readonly name: string
  readonly help: Help
  readonly calls: boolean
  readonly isStale: boolean
}

/** What the form says about names, as far as clients are concerned. */
export type Names = {
  /** What the service will offer. */
  readonly names: readonly Pick<ConnectName, 'alias' | 'port'>[]
  /** null: in a namespace that the plan makes, or none is chosen yet. */
  readonly namespaceId: string | null
}

const wordOf = ({ alias, port }: Pick<ConnectName, 'alias' | 'port'>) => `${alias}:${port}`

/** Who is offered to be moved along; those that call the service come first. */
export function candidatesOf(draft: ConnectDraft, { names, namespaceId }: Names): readonly Candidate[] {
  const isHere = draft.mode !== 'off' && namespaceId === draft.namespaceId
  const offered = isHere ? draft.offered : []
  const had = new Set(offered.map(wordOf))
  const has = new Set(names.map(wordOf))
  const move = {
    starts: names.some((name) => !had.has(wordOf(name))),
    stops: draft.offered.some((name) => !isHere || !has.has(wordOf(name))),
    offers: names.length > 0,
    namespaceId,
    hasOtherNames: draft.hasOtherNames,
  }
  return draft.clients
    .flatMap((client: ClientFacts): Candidate[] => {
      const help = helpOf(client, move)
      const { arn, name, calls } = client
      // Nobody waits for a name that goes.
      const isStale = client.isStale && move.offers
      return help === null ? [] : [{ arn, name, help, calls, isStale }]
    })
    .toSorted((a, b) => Number(b.calls) - Number(a.calls) || (a.name < b.name ? -1 : 1))
}

/** Whom the plan moves along unless somebody says otherwise: known callers, and those that wait for a name already. */
export const isSuggested = ({ help, calls, isStale }: Candidate): boolean =>
  help !== 'elsewhere' && (calls || isStale)

export type Choice = Readonly<Record<string, boolean>>

/** The candidates that are to be moved along. */
export const chosenOf = (candidates: readonly Candidate[], choice: Choice): readonly string[] =>
  candidates
    .filter((one) => one.help !== 'elsewhere' && (choice[one.arn] ?? isSuggested(one)))
    .map(({ arn }) => arn)
