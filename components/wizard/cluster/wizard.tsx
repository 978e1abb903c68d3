'use client'

import { z } from 'zod'
import { createClusterInput } from '@/lib/changes/inputs/create-cluster'
import { TagsInput } from '../fields/tags-input'
import type { WizardDefinition } from '../wizard-model'
import { ClusterFields, ClusterNamespace } from './cluster-fields'
import { type ClusterValues, clusterValues, toClusterInput } from './values'

/** One level deeper than the input, as inside the ECS service wizard, so that the same fields serve both. */
type FormValues = { cluster: ClusterValues }

const group = 'cluster'

function ClusterStep() {
  return (
    <div className="flex flex-col gap-6">
      <ClusterFields group={group} />
      <ClusterNamespace group={group} />
    </div>
  )
}

function TagsStep() {
  return <TagsInput name={`${group}.tags`} />
}

/** The cluster wizard. */
export const clusterWizard: WizardDefinition<FormValues> = {
  id: 'cluster',
  kind: 'create-cluster',
  title: 'Create cluster',
  shape: z.object({ cluster: clusterValues }),
  schema: createClusterInput,
  toInput: ({ cluster }) => toClusterInput(cluster),
  fieldOf: (path) => `${group}.${path}`,
  withoutSecrets: (values) => values,
  steps: [
    {
      id: 'cluster',
      title: 'Cluster',
      intro: 'A cluster is a name under which services and their tasks run.',
      fields: [
        `${group}.name`,
        `${group}.containerInsights`,
        `${group}.capacityProviders`,
        `${group}.serviceConnectNamespaceId`,
      ],
      summary: ({ cluster }) => cluster.name,
      Body: ClusterStep,
    },
    {
      id: 'tags',
      title: 'Tags',
      intro: 'Nothing depends on these.',
      fields: [`${group}.tags`],
      summary: ({ cluster }) =>
        cluster.tags.length === 0
          ? 'none'
          : `${cluster.tags.length} tag${cluster.tags.length === 1 ? '' : 's'}`,
      Body: TagsStep,
    },
  ],
}
