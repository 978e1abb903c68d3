import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Plan, PlanStep } from '@/lib/plan/plan'
import { creates } from '@/lib/plan/render/creates'
import { renderPlan } from '@/lib/plan/render/render'
import type { RenderTarget } from '@/lib/plan/render/rendered'
import { toProperties } from '@/lib/plan/render/template/property-names'
import { inputOf } from '@/lib/plan/render/value'
import { planStep } from '@/lib/plan/step'
import { hostileText, hostileTexts } from '../../../support/hostile-text'
import { callArbitrary } from '../../../support/modelled-arbitrary'
import { demoPlan, planOf } from '../../../support/sample-plans'
import { parseTemplate, type TemplateResource } from '../../../support/template'

const target: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }
const SEED = 20_240_610
const root = fileURLToPath(new URL('../../../../', import.meta.url))

/** Every member that AWS models, with texts that are nothing special. */
const wholeSteps: readonly PlanStep[] = creates.flatMap((command) =>
  fc
    .sample(callArbitrary(command, fc.constantFrom('a', 'b-1', 'web'), true), { numRuns: 3, seed: SEED })
    .map((call, index) => planStep(call, { id: `${command.replace(':', '-')}-${index}`, sentence: command })),
)

const values = [...new Set([...hostileTexts, ...fc.sample(hostileText, { numRuns: 2_000, seed: SEED })])]
/** CDK drops `__proto__` and takes `{Token[` for its own in keys; the text says so of the second. */
const keys = values.filter((value) => value !== '__proto__' && !value.includes('{Token['))
const hostilePlan = (texts: readonly string[]) =>
  planOf(texts.join(' '), [
    planStep(
      {
        command: 'ecs:RegisterTaskDefinition',
        input: {
          family: 'web',
          containerDefinitions: [
            {
              name: 'web',
              image: 'web',
              command: [...texts],
              dockerLabels: Object.fromEntries(keys.map((key) => [key, key])),
            },
          ],
        },
      },
      { id: 'task', sentence: texts.join(' ') },
    ),
  ])

const plans: Readonly<Record<string, Plan>> = {
  demo: demoPlan(),
  whole: planOf('Whole', wholeSteps),
  hostile: hostilePlan(values),
  // CfnInclude looks for CDK's tokens in a template too; CloudFormation does not.
  included: hostilePlan(keys),
}

type Template = { readonly Resources: Readonly<Record<string, TemplateResource>> }
let synthesised: Readonly<Record<string, Template>> = {}

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'plans-'))
  const programs: Record<string, string> = {}
  const templates: Record<string, string> = {}
  for (const [name, plan] of Object.entries(plans)) {
    const program = join(folder, `${name}.cjs`)
    const { code } = transformSync(renderPlan(plan, 'cdk', target).text, { loader: 'ts', format: 'cjs' })
    writeFileSync(program, code)
    programs[`cdk ${name}`] = program
    const template = join(folder, `${name}.yaml`)
    writeFileSync(template, renderPlan(plan, 'cloudformation', target).text)
    if (name !== 'hostile') templates[`template ${name}`] = template
  }
  const job = join(folder, 'job.json')
  writeFileSync(job, JSON.stringify({ programs, templates }))
  const answer = execFileSync('node', [join(root, 'tests/support/synthesise.cjs'), job], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    env: {
      ...process.env,
      NODE_PATH: join(root, 'node_modules'),
      JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
    },
  })
  rmSync(folder, { recursive: true })
  synthesised = JSON.parse(answer)
}, 120_000)

const resourcesOf = (name: string) => synthesised[name]?.Resources ?? {}

/** What CloudFormation makes of Fn::Sub at deployment, and one form for Fn::GetAtt, of which CfnInclude keeps the short one. */
const substituted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(substituted)
  if (typeof value !== 'object' || value === null) return value
  if ('Fn::Sub' in value && Array.isArray(value['Fn::Sub'])) {
    const [body, variables] = value['Fn::Sub']
    return String(body).replace(/\$\{([^}]*)\}/g, (_all, name) => String(variables[name]))
  }
  if ('Fn::GetAtt' in value && typeof value['Fn::GetAtt'] === 'string')
    return { 'Fn::GetAtt': value['Fn::GetAtt'].split('.') }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, substituted(item)]))
}

/** Tags as CDK writes them: one per key, the last, in the order of the keys. */
const tagged = ({ Tags, ...others }: Readonly<Record<string, unknown>>) => {
  const tags = z.array(z.object({ Key: z.string(), Value: z.string() })).parse(Tags ?? [])
  const byKey = new Map(tags.map((tag) => [tag.Key, tag]))
  return { ...others, Tags: [...byKey.values()].sort((a, b) => (a.Key < b.Key ? -1 : 1)) }
}

describe('what aws-cdk-lib synthesises', () => {
  it.each(['cdk', 'template'])('is the demo, from the %s text', (kind) => {
    expect(substituted(resourcesOf(`${kind} demo`))).toEqual(
      parseTemplate(renderPlan(demoPlan(), 'cloudformation', target).text),
    )
  })

  it.each(['cdk', 'template'])(
    'has every member that AWS models under its own name, from the %s text',
    (kind) => {
      const resources = Object.values(resourcesOf(`${kind} whole`))
      expect(resources.map(({ Properties }) => tagged(Properties))).toEqual(
        wholeSteps.map((step) => tagged(toProperties(inputOf(step)))),
      )
    },
  )

  it('is every hostile text, from the CDK text', () => {
    const task = substituted(resourcesOf('cdk hostile').Task)
    expect(task).toEqual({
      Type: 'AWS::ECS::TaskDefinition',
      Properties: {
        Family: 'web',
        ContainerDefinitions: [
          {
            Name: 'web',
            Image: 'web',
            Command: values,
            DockerLabels: Object.fromEntries(keys.map((key) => [key, key])),
          },
        ],
      },
    })
  })

  it('is every hostile text, from the template text', () => {
    const container = resourcesOf('template included').Task?.Properties.ContainerDefinitions
    expect(container).toEqual([
      {
        Name: 'web',
        Image: 'web',
        Command: keys,
        DockerLabels: Object.fromEntries(keys.map((key) => [key, key])),
      },
    ])
  })
})

describe('CDK text', () => {
  it('says when a key cannot be carried', () => {
    const step = planStep(
      {
        command: 'ecs:RegisterTaskDefinition',
        input: { family: 'web', containerDefinitions: [{ dockerLabels: { ['$' + '{Token[x]}']: 'a' } }] },
      },
      { id: 'task', sentence: 'Register web.' },
    )
    expect(renderPlan(planOf('Web', [step]), 'cdk', target).remarks.join()).toContain('{Token[')
  })

  it('names constants so that no word of the language is taken', () => {
    const ids = ['class', 'cdk', 'ecs', 'this', 'await', 'props']
    const steps = ids.flatMap((id, index) => [
      planStep({ command: 'ecs:CreateCluster', input: {} }, { id, sentence: id }),
      planStep(
        {
          command: 'ecs:CreateService',
          input: { serviceName: 'web', cluster: { $ref: { step: id, output: 'clusterArn' } } },
        },
        { id: `service-${index}`, sentence: id },
      ),
    ])
    const { text } = renderPlan(planOf('Words', steps), 'cdk', target)
    expect([...text.matchAll(/const (\w+) = new ecs/g)].map((match) => match[1])).toEqual(
      ids.map((id) => `${id}2`),
    )
    expect(() => transformSync(text, { loader: 'ts' })).not.toThrow()
  })
})
