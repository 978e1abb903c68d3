import type { Consequence, Planned } from '../plan/plan'
import { refuse } from './refuse'

type Tags = Readonly<Record<string, string>>

/** CloudFormation puts it on what it makes (CloudFormation user guide, "Resource tags"); CDK and Copilot deploy through it. */
const STACK = 'aws:cloudformation:stack-name'

/** The CloudFormation stack that owns a thing, by its tags; null: none, or not known. */
export const stackOf = (tags: Tags | undefined): string | null =>
  tags !== undefined && Object.hasOwn(tags, STACK) ? (tags[STACK] ?? null) : null

/** Something that is to be deleted. */
export type Owned = { readonly label: string; readonly tags: Tags | undefined }

/** Refuses what CloudFormation owns: deleted behind its back, the next deployment of the stack fails. null: nothing is owned. */
export function ownerRefusal(things: readonly Owned[]): Planned | null {
  const owned = things.flatMap(({ label, tags }) => {
    const stack = stackOf(tags)
    return stack === null ? [] : [{ label, stack }]
  })
  const [first] = owned
  if (!first) return null
  const others = owned.length - 1
  return refuse(
    'OwnedByCloudFormation',
    `${first.label}${others > 0 ? ` and ${others} more` : ''} belong${others > 0 ? '' : 's'} to the CloudFormation stack ${first.stack}; deleted here, the stack would be broken.`,
    `Change or delete the stack ${first.stack} instead.`,
  )
}

/** Says what could not be checked. */
export const unknownOwners = (things: readonly Owned[]): readonly Consequence[] => {
  const unknown = things.filter(({ tags }) => tags === undefined).map(({ label }) => label)
  return unknown.length === 0
    ? []
    : [
        {
          tone: 'warn',
          text: `It could not be read whether CloudFormation owns ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''}.`,
        },
      ]
}
