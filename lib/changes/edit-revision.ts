import { shapeFaults } from './check-shape'
import type { TaskDefinitionInput } from './task-definition-json'

/** What a short form changes of one container; what is absent stays. */
export type RevisionEdit = {
  readonly container: string
  readonly image?: string
  /** All variables, in order; those that are not in it are removed. */
  readonly environment?: readonly { readonly name: string; readonly value: string }[]
}

/** A revision with some containers edited, as the JSON that `new-revision` takes. What is not edited stays as it is. */
export function editRevision(input: TaskDefinitionInput, edits: readonly RevisionEdit[]): string {
  const edited = {
    ...input,
    containerDefinitions: (input.containerDefinitions ?? []).map((container) => {
      const edit = edits.find((one) => one.container === container.name)
      if (!edit) return container
      return {
        ...container,
        ...(edit.image === undefined ? {} : { image: edit.image }),
        ...(edit.environment === undefined
          ? {}
          : { environment: edit.environment.map(({ name, value }) => ({ name, value })) }),
      }
    }),
  }
  return JSON.stringify(edited, null, 2)
}

const isEmpty = (value: unknown) =>
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && value !== null && Object.keys(value).length === 0)

const withoutEmpty = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined && !isEmpty(item)))

const isInput = (value: object): value is TaskDefinitionInput => shapeFaults(value).length === 0

/**
 * A revision as a person would write it: without the empty lists and zeros that ECS adds in its answers. Registers the same. Gives back
 * what it was given when that is no task definition.
 */
export function tidyRevision(input: TaskDefinitionInput): TaskDefinitionInput {
  const tidy = {
    ...withoutEmpty(input),
    ...(input.containerDefinitions
      ? {
          containerDefinitions: input.containerDefinitions.map((container) => {
            const { cpu, ...rest } = container
            return withoutEmpty(cpu === 0 ? rest : container)
          }),
        }
      : {}),
  }
  return isInput(tidy) ? tidy : input
}
