'use client'

import { z } from 'zod'
import { createDiscoveryServiceInput } from '@/lib/changes/inputs/create-discovery-service'
import { AreaInput } from '../fields/area-input'
import { TagsInput } from '../fields/tags-input'
import type { WizardDefinition } from '../wizard-model'
import { HealthFields } from './health-fields'
import { NameFields } from './name-fields'
import { RecordFields } from './record-fields'
import { type DiscoveryValues, discoveryValues, toDiscoveryInput } from './values'
import { healthWords, recordWords } from './words'

/** One level deeper than the input, as inside the ECS service wizard, so that the same fields serve both. */
type FormValues = { service: DiscoveryValues }

const group = 'service'

function NameStep() {
  return <NameFields group={group} />
}

function RecordsStep() {
  return <RecordFields group={group} />
}

function HealthStep() {
  return <HealthFields group={group} asksForTasks />
}

function DetailsStep() {
  return (
    <div className="flex flex-col gap-6">
      <AreaInput
        name={`${group}.description`}
        label="Description"
        rows={2}
        hint="For people. It can be changed later."
      />
      <TagsInput name={`${group}.tags`} />
    </div>
  )
}

/** The discovery service wizard. */
export const discoveryWizard: WizardDefinition<FormValues> = {
  id: 'discovery-service',
  kind: 'create-discovery-service',
  title: 'Create discovery service',
  shape: z.object({ service: discoveryValues }),
  schema: createDiscoveryServiceInput,
  toInput: ({ service }) => toDiscoveryInput(service),
  fieldOf: (path) => `${group}.${path}`,
  withoutSecrets: (values) => values,
  steps: [
    {
      id: 'name',
      title: 'Namespace and name',
      intro:
        'A discovery service is one name under which instances register, and by which callers find them.',
      fields: [`${group}.namespace`, `${group}.name`],
      summary: ({ service }) =>
        service.namespace.kind === 'new'
          ? `${service.name} in new ${service.namespace.namespace.name}`
          : service.name,
      Body: NameStep,
    },
    {
      id: 'records',
      title: 'DNS records',
      intro: 'What a DNS query for the name answers, and how long clients may remember it.',
      fields: [`${group}.records`, `${group}.routing`, `${group}.ttlSeconds`],
      summary: ({ service }) =>
        service.records === 'NONE'
          ? recordWords.NONE
          : `${recordWords[service.records]}, TTL ${service.ttlSeconds ?? '?'} s, ${service.routing.toLowerCase()}`,
      Body: RecordsStep,
    },
    {
      id: 'health',
      title: 'Health',
      intro: 'Answers leave out what is known to be unhealthy. Somebody has to know.',
      fields: [`${group}.health`, `${group}.forEcsTasks`],
      summary: ({ service }) => healthWords[service.health.kind],
      Body: HealthStep,
    },
    {
      id: 'details',
      title: 'Description and tags',
      intro: 'Nothing depends on these.',
      fields: [`${group}.description`, `${group}.tags`],
      summary: ({ service }) =>
        [
          service.description,
          service.tags.length > 0 && `${service.tags.length} tag${service.tags.length === 1 ? '' : 's'}`,
        ]
          .filter(Boolean)
          .join(' · ') || 'none',
      Body: DetailsStep,
    },
  ],
}
