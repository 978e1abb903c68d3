import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  checkValues,
  clampStep,
  issuesBySteps,
  stepStates,
  worthMarking,
} from '@/components/wizard/check-values'

const issue = (field: string) => ({ field, message: `${field} is wrong` })

describe('checking the values of a wizard', () => {
  const schema = z.object({
    name: z
      .string()
      .min(1, 'Give it a name.')
      .regex(/^[a-z]+$/, 'Letters only.'),
    tags: z.array(z.object({ key: z.string().min(1, 'A tag needs a key.') })),
  })
  const wizard = { schema, toInput: (values: z.infer<typeof schema>) => values }

  it('gives the input when all is right', () =>
    expect(checkValues(wizard, { name: 'a', tags: [] })).toEqual({
      input: { name: 'a', tags: [] },
      issues: [],
    }))
  it('names the first fault of each field, at its place', () =>
    expect(checkValues(wizard, { name: '', tags: [{ key: '' }] })).toEqual({
      input: null,
      issues: [
        { field: 'name', message: 'Give it a name.' },
        { field: 'tags.0.key', message: 'A tag needs a key.' },
      ],
    }))
  it('finds the field where a fault of the input is shown', () =>
    expect(
      checkValues({ ...wizard, fieldOf: (path) => `form.${path}` }, { name: '', tags: [] }).issues,
    ).toEqual([{ field: 'form.name', message: 'Give it a name.' }]))
  it('says at its field what else stands in the way, after what is wrong with it by itself', () => {
    const taken = { ...wizard, objections: () => [{ field: 'name', message: 'It is taken.' }] }
    expect(checkValues(taken, { name: 'a', tags: [] })).toEqual({
      input: null,
      issues: [{ field: 'name', message: 'It is taken.' }],
    })
    expect(checkValues(taken, { name: '', tags: [] }).issues).toEqual([
      { field: 'name', message: 'Give it a name.' },
    ])
  })
})

describe('what is marked when a list gets a row', () => {
  it('is nothing inside of the list that nobody has filled in yet', () =>
    expect(worthMarking([issue('tags.0.key'), issue('name')], ['tags'], [])).toEqual([issue('name')]))
  it('is what was marked in it before', () =>
    expect(worthMarking([issue('tags.0.key'), issue('tags.1.key')], ['tags'], ['tags.0.key'])).toEqual([
      issue('tags.0.key'),
    ]))
  it('is the list itself, when it is too long', () =>
    expect(worthMarking([issue('tags')], ['tags'], [])).toEqual([issue('tags')]))
  it('is not kept from a list whose name only begins like it', () =>
    expect(worthMarking([issue('tagsOfTasks.0.key')], ['tags'], [])).toEqual([issue('tagsOfTasks.0.key')]))
  it('is everything when a single field was left', () =>
    expect(worthMarking([issue('tags.0.key')], [], [])).toEqual([issue('tags.0.key')]))
})

describe('the steps of a wizard', () => {
  const steps = [{ fields: ['name'] }, { fields: ['tags'] }, { fields: [] }]

  it('each have the faults of their fields, and the last one what no step has', () =>
    expect(issuesBySteps(steps, [issue('tags.0.key'), issue('name'), issue('elsewhere')])).toEqual([
      [issue('name')],
      [issue('tags.0.key')],
      [issue('elsewhere')],
    ]))
  it('say which is done, which needs a look, and which was not reached', () =>
    expect(stepStates([[], [issue('tags')], [], []], 2, 2)).toEqual(['done', 'wrong', 'current', 'ahead']))
  it('do not count the review as done: nothing was created', () => {
    expect(stepStates([[], []], 0, 1)).toEqual(['current', 'open'])
    expect(stepStates([[], [issue('x')]], 0, 1)).toEqual(['current', 'wrong'])
  })
  it('cannot be gone to before they were reached', () => {
    expect(clampStep(3, 1, 4)).toBe(1)
    expect(clampStep(-1, 2, 4)).toBe(0)
    expect(clampStep(9, 9, 4)).toBe(3)
  })
})
