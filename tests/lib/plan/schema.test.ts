import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFromText } from '@/lib/plan/schema'
import { refTo } from '@/lib/plan/step'
import { hostileText } from '../../support/hostile-text'

type Raw = Readonly<Record<string, unknown>>

const step = (own: Raw = {}): Raw => ({
  id: 'cluster',
  sentence: 'Create cluster shop.',
  command: 'ecs:CreateCluster',
  input: { clusterName: 'shop' },
  ...own,
})
const file = (steps: readonly Raw[] = [step()], own: Raw = {}): string =>
  JSON.stringify({ switchboard: 1, title: 'A plan', steps, ...own })

const namespaceStep = step({
  id: 'namespace',
  command: 'servicediscovery:CreateHttpNamespace',
  input: { Name: 'shop' },
})
const nameStep = (NamespaceId: unknown): Raw =>
  step({ id: 'name', command: 'servicediscovery:CreateService', input: { Name: 'web', NamespaceId } })
const deletion = (input: Raw): Raw =>
  step({ id: 'delete', command: 'servicediscovery:DeleteNamespace', input })

const refusal = (text: string): string => {
  const planned = planFromText(text)
  return planned.ok ? 'a plan' : planned.message
}
const planOf = (text: string) => {
  const planned = planFromText(text)
  if (!planned.ok) throw new Error(planned.message)
  return planned.plan
}

describe('a plan from a text', () => {
  it('has the steps of the text, with waits, permissions and undo of our own', () => {
    const plan = planOf(file([namespaceStep, nameStep(refTo('namespace', 'namespaceId'))]))
    expect(plan).toMatchObject({ title: 'A plan', seen: [], confirm: null })
    expect(plan.steps.map(({ id }) => id)).toEqual(['namespace', 'name'])
    expect(plan.steps[0]).toMatchObject({
      after: { kind: 'operation' },
      undo: { possible: true },
      permissions: expect.arrayContaining(['servicediscovery:CreateHttpNamespace']),
    })
  })

  it.each<[string, string, string]>([
    ['no JSON', 'plan', 'The text is not JSON'],
    ['another version', file([step()], { switchboard: 2 }), 'Only exports of version 1 are known.'],
    ['no version', JSON.stringify({ title: 'A', steps: [step()] }), 'switchboard'],
    ['no title', file([step()], { title: '' }), 'title'],
    ['a title of blanks', file([step()], { title: '   ' }), 'title'],
    ['too long a title', file([step()], { title: 'x'.repeat(301) }), 'title'],
    ['more than a plan holds', file([step()], { confirm: 'x' }), 'confirm'],
    ['no steps', file([]), 'The plan has no steps.'],
    ['steps that are none', file([], { steps: {} }), 'steps'],
    [
      'too many steps',
      file(Array.from({ length: 201 }, (_, index) => step({ id: `c-${index}` }))),
      'A plan has at most 200 steps.',
    ],
    ['a step with an undo', file([step({ undo: { possible: false } })]), 'undo'],
    ['a step with permissions', file([step({ permissions: [] })]), 'permissions'],
    ['a step with waits', file([step({ after: null })]), 'after'],
    [
      'an id in capitals',
      file([step({ id: 'Cluster' })]),
      'An id is lower-case letters, digits and hyphens.',
    ],
    [
      'an id that is an option',
      file([step({ id: '-rf' })]),
      'An id is lower-case letters, digits and hyphens.',
    ],
    ['an id with a break', file([step({ id: 'a\nb' })]), 'An id is lower-case letters, digits and hyphens.'],
    ['an empty sentence', file([step({ sentence: '' })]), 'steps.0.sentence'],
    ['an unknown command', file([step({ command: 'iam:CreateUser' })]), 'A plan cannot hold this command.'],
    [
      'a command of every object',
      file([step({ command: 'constructor' })]),
      'A plan cannot hold this command.',
    ],
    ['an input that is a list', file([step({ input: [] })]), 'steps.0.input'],
    ['the same id twice', file([step(), step()]), 'Step cluster: Another step has this id.'],
    ['an unknown member', file([step({ input: { clusterNme: 'x' } })]), 'clusterNme is not known to AWS.'],
    ['a wrong type', file([step({ input: { clusterName: 5 } })]), 'clusterName is a text.'],
    [
      'a token',
      file([{ ...namespaceStep, input: { Name: 'shop', CreatorRequestId: 'x' } }]),
      'CreatorRequestId is given by the run; leave it out.',
    ],
    [
      'the token of ECS',
      file([step({ command: 'ecs:CreateService', input: { serviceName: 'web', clientToken: 'x' } })]),
      'clientToken is given by the run; leave it out.',
    ],
    ['a reference to itself', file([nameStep(refTo('name', 'namespaceId'))]), 'which is not an earlier one'],
    [
      'a reference to a later step',
      file([nameStep(refTo('namespace', 'namespaceId')), namespaceStep]),
      'which is not an earlier one',
    ],
    [
      'a reference to what a step does not give',
      file([namespaceStep, nameStep(refTo('namespace', 'clusterArn'))]),
      'Step namespace gives no clusterArn.',
    ],
    [
      'a reference where no text goes',
      file([step({ input: { clusterName: 'a', tags: { $ref: { step: 'a', output: 'clusterArn' } } } })]),
      'tags is a list.',
    ],
    ['nothing', 'null', 'the plan'],
    ['a list', '[]', 'the plan'],
  ])('is refused with a sentence: %s', (_what, text, told) => {
    const planned = planFromText(text)
    expect(planned.ok).toBe(false)
    expect(refusal(text)).toContain(told)
    if (!planned.ok)
      expect(planned).toMatchObject({
        code: 'InvalidPlan',
        remedy: expect.stringContaining('nothing was sent'),
      })
  })

  it('says no more than a screen holds, whatever stands in it', () => {
    const name = 'x'.repeat(50_000)
    expect(refusal(file([step({ input: { [name]: 1 } })])).length).toBeLessThanOrEqual(1_000)
  })

  it('with a key called __proto__ changes no object', () => {
    const text = file().replace('"clusterName"', '"__proto__":{"polluted":true},"clusterName"')
    expect(planOf(text).steps[0]?.input).toEqual({ clusterName: 'shop' })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it.each<[string, Raw, string]>([
    ['a namespace', deletion({ Id: 'ns-1' }), 'ns-1'],
    [
      'a service',
      step({
        command: 'ecs:DeleteService',
        input: { cluster: 'shop', service: 'arn:aws:ecs:r:1:service/shop/web' },
      }),
      'web',
    ],
    ['a task', step({ command: 'ecs:StopTask', input: { cluster: 'shop', task: 'abc' } }), 'abc'],
    [
      'an instance',
      step({
        command: 'servicediscovery:DeregisterInstance',
        input: { ServiceId: 'srv-1', InstanceId: 'i-1' },
      }),
      'i-1',
    ],
  ])('that takes away %s asks for its name', (_what, raw, name) => {
    const plan = planOf(file([step({ id: 'first' }), raw]))
    expect(plan.confirm).toBe(name)
    expect(plan.consequences[0]?.tone).toBe('danger')
  })

  it('that takes away what has no name yet asks for its title', () => {
    const plan = planOf(file([namespaceStep, deletion({ Id: refTo('namespace', 'namespaceId') })]))
    expect(plan.confirm).toBe('A plan')
  })

  it('that takes nothing away asks for no name', () => {
    expect(planOf(file())).toMatchObject({ confirm: null, consequences: [{ tone: 'info' }] })
  })

  it('is a plan or a refusal, whatever is put in the place of any member', () => {
    const hostile = fc.oneof(fc.jsonValue({ maxDepth: 3 }), hostileText)
    const member = fc.constantFrom(
      'switchboard',
      'title',
      'steps',
      'id',
      'sentence',
      'command',
      'input',
      'clusterName',
    )
    fc.assert(
      fc.property(member, hostile, (name, value) => {
        const inner = ['id', 'sentence', 'command', 'input'].includes(name) ? { [name]: value } : {}
        const raw = step(name === 'clusterName' ? { input: { clusterName: value } } : inner)
        const outer = ['switchboard', 'title', 'steps'].includes(name) ? { [name]: value } : {}
        const planned = planFromText(file([raw], outer))
        if (planned.ok) expect(planned.plan.steps.length).toBeGreaterThan(0)
        else expect(planned.message).not.toBe('')
      }),
      { numRuns: 100 },
    )
  })
})
