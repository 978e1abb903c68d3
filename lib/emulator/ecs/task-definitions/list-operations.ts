import type {
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse,
  ListTaskDefinitionsRequest,
  ListTaskDefinitionsResponse,
} from '@aws-sdk/client-ecs'
import type { Operation } from '../../context'
import { pageOf } from '../paging'
import { isGone } from './is-gone'

// Sorts like the number it stands for; a family has at most a million revisions.
const revisionDigits = 7

// A space comes before every character of a family, so `web` stands before `web-admin`.
const sortKey = (family: string, revision: number): string =>
  `${family} ${String(revision).padStart(revisionDigits, '0')}`

/** By family, then revision. `familyPrefix` is a whole family name here, whatever it is called. */
const listTaskDefinitions: Operation<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse> = (
  context,
  input,
) => {
  const { familyPrefix, status = 'ACTIVE', sort = 'ASC' } = input
  const arns = new Map<string, string>()
  for (const [family, revisions] of context.state.ecs.taskDefinitions) {
    if (familyPrefix !== undefined && family !== familyPrefix) continue
    for (const record of revisions)
      if (record.status === status && !isGone(context, record))
        arns.set(sortKey(family, record.revision), record.arn)
  }
  const { keys, ...rest } = pageOf('ListTaskDefinitions', [...arns.keys()], input, {
    descending: sort === 'DESC',
  })
  return { taskDefinitionArns: keys.flatMap((key) => arns.get(key) ?? []), ...rest }
}

/** A family is ACTIVE while one of its revisions is. Here `familyPrefix` really is a prefix. */
const listTaskDefinitionFamilies: Operation<
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse
> = (context, input) => {
  // The API reference says that without a status both kinds are listed.
  const { familyPrefix = '', status = 'ALL' } = input
  const families: string[] = []
  for (const [family, revisions] of context.state.ecs.taskDefinitions) {
    if (revisions.every((record) => isGone(context, record))) continue
    const active = revisions.some((record) => record.status === 'ACTIVE')
    if (family.startsWith(familyPrefix) && (status === 'ALL' || (status === 'ACTIVE') === active))
      families.push(family)
  }
  const { keys, ...rest } = pageOf('ListTaskDefinitionFamilies', families, input)
  return { families: keys, ...rest }
}

/** The lists of task definitions. */
export const taskDefinitionListOperations = {
  ListTaskDefinitions: listTaskDefinitions,
  ListTaskDefinitionFamilies: listTaskDefinitionFamilies,
}
