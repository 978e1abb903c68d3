import type { Command } from '../command'
import type { Plan, PlanStep } from '../plan'

/** The calls that make something which a template can describe. */
export const creates = [
  'servicediscovery:CreatePrivateDnsNamespace',
  'servicediscovery:CreatePublicDnsNamespace',
  'servicediscovery:CreateHttpNamespace',
  'servicediscovery:CreateService',
  'ecs:CreateCluster',
  'ecs:RegisterTaskDefinition',
  'ecs:CreateService',
] as const satisfies readonly Command[]

export type Create = (typeof creates)[number]
export type CreateStep = Extract<PlanStep, { readonly command: Create }>

export const isCreate = (step: PlanStep): step is CreateStep => creates.some((name) => name === step.command)

export const createSteps = (plan: Plan): readonly CreateStep[] => plan.steps.filter(isCreate)

/** What the calls that no template describes do, and what a person does instead. */
const deeds: Readonly<Partial<Record<Command, readonly [deed: string, instead: string]>>> = {
  'ecs:UpdateService': [
    'Changing a service that exists',
    'change it where that service is described, or use the AWS CLI text',
  ],
  'ecs:StopServiceDeployment': ['Rolling a deployment back', 'use the AWS CLI text'],
  'ecs:StopTask': ['Stopping a task', 'use the AWS CLI text'],
  'ecs:RunTask': ['Running a task once', 'use the AWS CLI text'],
  'ecs:DeleteService': ['Deleting a service', 'take it out where it is described, or use the AWS CLI text'],
  'ecs:DeleteCluster': ['Deleting a cluster', 'take it out where it is described, or use the AWS CLI text'],
  'ecs:DeregisterTaskDefinition': ['Deregistering a revision', 'use the AWS CLI text'],
  'ecs:DeleteTaskDefinitions': ['Deleting a revision', 'use the AWS CLI text'],
  'servicediscovery:DeleteNamespace': [
    'Deleting a namespace',
    'take it out where it is described, or use the AWS CLI text',
  ],
  'servicediscovery:DeleteService': [
    'Deleting a discovery service',
    'take it out where it is described, or use the AWS CLI text',
  ],
  'servicediscovery:DeregisterInstance': ['Deregistering an instance', 'use the AWS CLI text'],
}

/** One remark per kind of call that a language which describes things cannot say. */
export function unsayable(plan: Plan, language: string): readonly string[] {
  const remarks = plan.steps
    .filter((step) => !isCreate(step))
    .map(({ command }) => {
      const [deed, instead] = deeds[command] ?? [command, 'use the AWS CLI text']
      return `${deed} is not something ${language} can describe: ${instead}.`
    })
  return [...new Set(remarks)]
}

/** What is left out, as comment lines: the sentences of the steps, and why. */
export function leftOut(plan: Plan, language: string): readonly string[] {
  const sentences = plan.steps.filter((step) => !isCreate(step)).map((step) => step.sentence)
  if (sentences.length === 0) return []
  return ['Left out:', ...sentences.map((sentence) => `- ${sentence}`), ...unsayable(plan, language)]
}
