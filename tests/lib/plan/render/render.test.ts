import { describe, expect, it } from 'vitest'
import { renderPlan } from '@/lib/plan/render/render'
import { type Format, formats, type RenderTarget } from '@/lib/plan/render/rendered'
import { planStep, refTo } from '@/lib/plan/step'
import { demoPlan, planOf } from '../../../support/sample-plans'

const aws: RenderTarget = { region: 'eu-central-1', endpointUrl: null, accountId: '111122223333' }
const local: RenderTarget = { region: 'us-east-1', endpointUrl: 'http://127.0.0.1:4680', accountId: null }

const scale = planStep(
  { command: 'ecs:UpdateService', input: { cluster: 'default', service: 'web', desiredCount: 3 } },
  { id: 'scale', sentence: 'Set the desired count of web from 2 to 3.' },
)
const stop = planStep(
  { command: 'ecs:StopTask', input: { cluster: 'default', task: 'abc', reason: 'Stopped from Switchboard' } },
  { id: 'stop', sentence: 'Stop task abc of web; the service starts another.' },
)

describe('a plan in any format', () => {
  it.each(formats)('has its format, a file name and the same text each time: %s', (format) => {
    const rendered = renderPlan(demoPlan(), format, aws)
    expect(rendered.format).toBe(format)
    expect(rendered.fileName).toMatch(/^service-to-service-demo\.(sh|yaml|ts|tf|json)$/)
    expect(rendered.text.endsWith('\n')).toBe(true)
    expect(renderPlan(demoPlan(), format, aws)).toEqual(rendered)
  })

  it.each(formats)('is whole for the demo, with no remark against AWS: %s', (format) => {
    const { text, remarks } = renderPlan(demoPlan(), format, aws)
    expect(remarks).toEqual([])
    for (const name of ['production.local', 'backend-api-service', 'frontend-web-service', 'BACKEND_URL'])
      expect(text).toContain(name)
  })

  it.each(formats)('shows each sentence: %s', (format) => {
    const { text } = renderPlan(demoPlan(), format, aws)
    for (const step of demoPlan().steps) expect(text).toContain(step.sentence)
  })

  it.each<[Format, string]>([
    ['cli', '--region eu-central-1'],
    ['cdk', 'region: "eu-central-1"'],
    ['terraform', 'region = "eu-central-1"'],
  ])('names the region: %s', (format, words) => {
    const { text } = renderPlan(demoPlan(), format, aws)
    expect(text).toContain(words)
    expect(text).not.toContain('endpoint')
  })

  it('names the endpoint in every call when it is not AWS', () => {
    const { text } = renderPlan(demoPlan(), 'cli', local)
    const calls = text
      .replaceAll(' \\\n', ' ')
      .split('\n')
      .filter((line) => line.includes('aws '))
    expect(calls.length).toBeGreaterThan(10)
    for (const call of calls) expect(call).toContain('--endpoint-url http://127.0.0.1:4680')
  })

  it('tells Terraform where the endpoint is and what not to ask it', () => {
    const { text } = renderPlan(demoPlan(), 'terraform', local)
    for (const name of [
      'ecs ',
      'servicediscovery',
      'skip_credentials_validation',
      'skip_requesting_account_id',
    ])
      expect(text).toContain(name)
  })

  it.each(['cloudformation', 'cdk'] as const)('says that %s is for AWS itself', (format) => {
    expect(renderPlan(demoPlan(), format, local).remarks.join()).toContain('for AWS itself')
  })

  it.each(['cloudformation', 'cdk', 'terraform'] as const)(
    'says honestly that %s cannot scale or stop',
    (format) => {
      const { text, remarks } = renderPlan(planOf('Scale web', [scale, stop]), format, aws)
      expect(remarks).toHaveLength(2)
      expect(remarks[1]).toMatch(
        /^Stopping a task is not something (CloudFormation|CDK|Terraform) can describe: /,
      )
      expect(text).toContain('There is nothing left that')
      expect(text).toContain(scale.sentence)
      expect(text).not.toMatch(/resource "|Resources:|new cdk/)
    },
  )

  it.each(['cloudformation', 'cdk', 'terraform'] as const)(
    'keeps in %s what can be said of a mixed plan',
    (format) => {
      const revision = planStep(
        { command: 'ecs:RegisterTaskDefinition', input: { family: 'web', containerDefinitions: [] } },
        { id: 'revision', sentence: 'Register a revision of web.' },
      )
      const update = planStep(
        {
          command: 'ecs:UpdateService',
          input: { service: 'web', taskDefinition: refTo('revision', 'taskDefinitionArn') },
        },
        { id: 'update', sentence: 'Deploy it.' },
      )
      const { text, remarks } = renderPlan(planOf('New revision', [revision, update]), format, aws)
      expect(remarks).toHaveLength(1)
      expect(text).toContain('- Deploy it.')
      expect(text).toMatch(/web/)
      expect(text).not.toContain('nothing left')
    },
  )

  it.each(formats)('never prints an idempotency token: %s', (format) => {
    const step = planStep(
      {
        command: 'servicediscovery:CreateHttpNamespace',
        input: { Name: 'shop', CreatorRequestId: 'once-and-only' },
      },
      { id: 'namespace', sentence: 'Create shop.' },
    )
    expect(renderPlan(planOf('Shop', [step]), format, aws).text).not.toContain('once-and-only')
  })

  it.each(['cli', 'cloudformation', 'cdk', 'terraform'] as const)(
    'says what is missing when a reference leads nowhere: %s',
    (format) => {
      const step = planStep(
        {
          command: 'servicediscovery:CreateService',
          input: { Name: 'web', NamespaceId: refTo('gone', 'namespaceId') },
        },
        { id: 'service', sentence: 'Create web.' },
      )
      const { remarks } = renderPlan(planOf('Web', [step]), format, aws)
      expect(remarks.join()).toContain('needs the namespaceId of step gone')
    },
  )
})

describe('the name of the file', () => {
  it.each([
    ['Scale web to 3', 'scale-web-to-3.json'],
    ['../../etc/passwd', 'etc-passwd.json'],
    ['-rf /', 'rf.json'],
    ['', 'plan.json'],
    ['名前空間', 'plan.json'],
    ['CON', 'plan-con.json'],
    ['Überblick', 'uberblick.json'],
    ['a\u202e\0\nb', 'a-b.json'],
    [`${'long '.repeat(50)}`, `${'long-'.repeat(12)}`.replace(/-$/, '.json')],
  ])('of %j is %s', (title, fileName) => {
    expect(renderPlan(planOf(title, []), 'json', aws).fileName).toBe(fileName)
  })
})
