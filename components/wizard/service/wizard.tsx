'use client'

import { createServiceInput } from '@/lib/changes/inputs/create-service'
import type { WizardDefinition } from '../wizard-model'
import { CountStep } from './count-step'
import { FoundStep } from './found-step'
import { NetworkStep } from './network-step'
import { StartStep } from './start-step'
import { describeFound, describeStart, describeTask } from './summaries'
import { TaskStep } from './task-step'
import { type ServiceValues, serviceValues, toServiceInput, withoutServiceSecrets } from './values'

const task = 'taskDefinition.form'

/** The ECS service wizard. */
export const serviceWizard: WizardDefinition<ServiceValues> = {
  id: 'service',
  kind: 'create-service',
  title: 'Create ECS service',
  shape: serviceValues,
  schema: createServiceInput,
  toInput: toServiceInput,
  // The kind of a namespace has no field of its own: the list of namespaces shows it.
  fieldOf: (path) => path.replace(/namespace\.(kind|type)$/, 'namespace.id'),
  withoutSecrets: withoutServiceSecrets,
  steps: [
    {
      id: 'cluster-and-image',
      title: 'Cluster and image',
      intro: 'A service keeps a number of equal tasks running, and replaces those that end.',
      fields: [
        'cluster',
        'name',
        'taskDefinition.kind',
        'taskDefinition.arn',
        'taskDefinition.text',
        `${task}.containers.0.image`,
      ],
      summary: describeStart,
      Body: StartStep,
    },
    {
      id: 'task-definition',
      title: 'Task definition',
      intro: 'What one task is made of: its containers, their ports and environment, and its size.',
      fields: ['taskDefinition'],
      summary: describeTask,
      Body: TaskStep,
    },
    {
      id: 'how-others-find-it',
      title: 'How others find it',
      intro: 'Other services need a stable name, because the addresses of tasks change at every start.',
      fields: ['found', 'registry', 'serviceConnect'],
      summary: describeFound,
      Body: FoundStep,
    },
    {
      id: 'network',
      title: 'Network',
      intro: 'Each task has an address of its own in one of these subnets.',
      fields: ['network'],
      summary: ({ network }) =>
        [
          `${network.subnets.length} subnet${network.subnets.length === 1 ? '' : 's'}`,
          network.assignPublicIp && 'public IP',
        ]
          .filter(Boolean)
          .join(', '),
      Body: NetworkStep,
    },
    {
      id: 'count-and-deployment',
      title: 'Count and deployment',
      intro: 'How many tasks run, and how old ones give way to new ones.',
      fields: ['desiredCount', 'capacity', 'deployment', 'enableExecuteCommand', 'propagateTags', 'tags'],
      summary: ({ desiredCount, deployment }) =>
        `${desiredCount ?? '?'} tasks, ${deployment.minimumHealthyPercent ?? '?'}–${deployment.maximumPercent ?? '?'} %`,
      Body: CountStep,
    },
  ],
}
