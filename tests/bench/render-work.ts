import fc from 'fast-check'
import { parse, type ScalarTag } from 'yaml'
import type { Plan } from '@/lib/plan/plan'
import { renderPlan } from '@/lib/plan/render/render'
import { formats, type RenderTarget } from '@/lib/plan/render/rendered'
import { planStep } from '@/lib/plan/step'
import { hostileText, hostileTexts } from '../support/hostile-text'
import { demoPlan, planOf } from '../support/sample-plans'
import { argumentOf, runWithStubAws, type Shell } from '../support/stub-aws'

/*
 * What tests/bench/render.mjs measures with; it bundles this file, because the bench runs on plain Node.
 */
const target: RenderTarget = { region: 'us-east-1', endpointUrl: null, accountId: null }

/** That many texts, the known hostile ones first. */
export const hostileValues = (count: number): string[] => [
  ...hostileTexts,
  ...fc.sample(hostileText, { numRuns: Math.max(0, count - hostileTexts.length), seed: 20_240_611 }),
]

/** One argument of a program holds 128 KiB on Linux, so a call takes a hundred texts. */
const PER_CALL = 100

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

const callOf = (values: readonly string[], id: string) =>
  planStep(
    {
      command: 'ecs:RegisterTaskDefinition',
      input: { family: 'web', containerDefinitions: [{ name: 'web', image: 'web', command: [...values] }] },
    },
    { id, sentence: values.slice(0, 5).join(' ') },
  )

const planOfValues = (values: readonly string[]): Plan =>
  planOf(
    'Hostile',
    chunks(values, PER_CALL).map((some, index) => callOf(some, `call-${index}`)),
  )

export type Verdict = { readonly differences: number; readonly leftFiles: number }

/** How many of the texts a real shell gives back as others, and what it leaves behind. */
export function throughShell(shell: Shell, values: readonly string[]): Verdict {
  let differences = 0
  let leftFiles = 0
  for (const some of chunks(values, 10_000)) {
    const { calls, left } = runWithStubAws(shell, renderPlan(planOfValues(some), 'cli', target).text)
    const back = calls.flatMap((call) => {
      const input = JSON.parse(argumentOf(call, '--cli-input-json') ?? 'null')
      const command: string[] = input.containerDefinitions[0].command
      return command
    })
    differences += different(some, back)
    leftFiles += left.length
  }
  return { differences, leftFiles }
}

/** How many texts came back as others, or not at all. */
export const different = (sent: readonly string[], back: readonly unknown[]): number =>
  sent.filter((text, index) => back[index] !== text).length + Math.max(0, back.length - sent.length)

/** One task definition with all texts, in a language. */
export const oneResource = (
  values: readonly string[],
  format: 'cloudformation' | 'cdk' | 'terraform' | 'json',
) => renderPlan(planOf('Hostile', [callOf(values, 'task')]), format, target).text

const ref: ScalarTag = { tag: '!Ref', resolve: (name) => ({ Ref: name }) }

/** The texts in a template. */
export const inTemplate = (text: string): unknown[] =>
  parse(text, { customTags: (tags) => [...tags, ref] }).Resources.Task.Properties.ContainerDefinitions[0]
    .Command

/** The texts in an exported plan. */
export const inJson = (text: string): unknown[] =>
  JSON.parse(text).steps[0].input.containerDefinitions[0].command

/** How long each of `count` previews of a plan of ten steps takes in all formats, in milliseconds. */
export function previewTimes(count: number): number[] {
  const { title, steps } = demoPlan()
  const plan = planOf(title, [...steps, ...steps.slice(-2).map((step) => ({ ...step, id: `${step.id}-2` }))])
  return Array.from({ length: count }, () => {
    const began = performance.now()
    for (const format of formats) renderPlan(plan, format, target)
    return performance.now() - began
  })
}
