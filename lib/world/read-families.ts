import 'server-only'
import { ListTaskDefinitionFamiliesCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs'
import type { World } from '@/lib/changes/world'
import { familyAndRevision } from '@/lib/inventory/arn'
import type { Cycle } from '@/lib/inventory/cycle'
import { texts } from '@/lib/inventory/loose'
import type { Hole } from '@/lib/inventory/model'
import type { Clients } from '@/lib/target/clients'

const PAGE = 100

export type FamiliesReading = Pick<World, 'families' | 'revisionArns'> & { readonly holes: readonly Hole[] }

function newestRevisions(arns: readonly string[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>()
  for (const arn of arns) {
    const { family, revision } = familyAndRevision(arn)
    newest.set(family, Math.max(revision, newest.get(family) ?? 0))
  }
  return newest
}

/**
 * ACTIVE task definitions. Never throws. When revisions could not be listed, families still are, each with revision 0: not known.
 */
export async function readFamilies({ ecs }: Pick<Clients, 'ecs'>, cycle: Cycle): Promise<FamiliesReading> {
  const revisions = await cycle.pages(
    'ecs:ListTaskDefinitions',
    null,
    (token) =>
      ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE', maxResults: PAGE, nextToken: token })),
    (page) => ({ items: texts(page.taskDefinitionArns), token: page.nextToken }),
  )
  const named = (newest: ReadonlyMap<string, number>) =>
    [...newest]
      .map(([family, latestRevision]) => ({ family, latestRevision }))
      .toSorted((a, b) => (a.family < b.family ? -1 : 1))
  if (!revisions.hole)
    return { families: named(newestRevisions(revisions.items)), revisionArns: revisions.items, holes: [] }
  const families = await cycle.pages(
    'ecs:ListTaskDefinitionFamilies',
    null,
    (token) =>
      ecs.send(
        new ListTaskDefinitionFamiliesCommand({ status: 'ACTIVE', maxResults: PAGE, nextToken: token }),
      ),
    (page) => ({ items: texts(page.families), token: page.nextToken }),
  )
  return {
    families: named(
      new Map([...families.items.map((family) => [family, 0] as const), ...newestRevisions(revisions.items)]),
    ),
    revisionArns: null,
    holes: [revisions.hole, families.hole].filter((hole) => hole !== null),
  }
}
