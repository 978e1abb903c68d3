'use client'

import type { NamespaceOption } from '@/lib/changes/choices'
import { takenNamespace } from '@/lib/changes/create-namespace'
import { createNamespaceInput } from '@/lib/changes/inputs/create-namespace'
import { Notice } from '../../ui/notice'
import { shortenMiddle } from '../../ui/shorten'
import { AreaInput } from '../fields/area-input'
import { TagsInput } from '../fields/tags-input'
import { useText } from '../fields/use-value'
import type { WizardDefinition } from '../wizard-model'
import { KindCards } from './kind-cards'
import { NamespaceFields } from './namespace-fields'
import { type NamespaceValues, namespaceValues } from './values'

const kindWords: Readonly<Record<NamespaceValues['type'], string>> = {
  DNS_PRIVATE: 'private DNS',
  DNS_PUBLIC: 'public DNS',
  HTTP: 'HTTP',
}

function KindStep() {
  const type = useText('type')
  return (
    <div className="flex flex-col gap-5">
      <KindCards name="type" />
      <Notice tone="info" title="Service Connect works with all three">
        {type === 'HTTP'
          ? 'It needs a namespace of any kind and no DNS; an HTTP namespace is the least it can do with.'
          : 'It needs a namespace of any kind, and never uses its DNS. Choose HTTP when Service Connect is all you want.'}
      </Notice>
    </div>
  )
}

function NameStep() {
  return <NamespaceFields group="" />
}

function DetailsStep() {
  return (
    <div className="flex flex-col gap-6">
      <AreaInput
        name="description"
        label="Description"
        rows={2}
        hint="For people. It can be changed later."
      />
      <TagsInput name="tags" />
    </div>
  )
}

/** The namespace wizard. */
export const namespaceWizard: WizardDefinition<NamespaceValues> = {
  id: 'namespace',
  kind: 'create-namespace',
  title: 'Create namespace',
  shape: namespaceValues,
  schema: createNamespaceInput,
  toInput: (values) => values,
  withoutSecrets: (values) => values,
  steps: [
    {
      id: 'kind',
      title: 'Kind',
      intro:
        'A namespace holds the names of services that belong together. Its kind says who can resolve them.',
      fields: ['type'],
      summary: ({ type }) => kindWords[type],
      Body: KindStep,
    },
    {
      id: 'name',
      title: 'Name and reach',
      intro: 'Every service in it is called by its own name in front of this one.',
      fields: ['name', 'vpcId', 'soaTtlSeconds'],
      summary: ({ type, name, vpcId }) =>
        type === 'DNS_PRIVATE' ? `${name} · ${shortenMiddle(vpcId, 12)}` : name,
      Body: NameStep,
    },
    {
      id: 'details',
      title: 'Description and tags',
      intro: 'Nothing depends on these.',
      fields: ['description', 'tags'],
      summary: ({ description, tags }) =>
        [description, tags.length > 0 && `${tags.length} tag${tags.length === 1 ? '' : 's'}`]
          .filter(Boolean)
          .join(' · ') || 'none',
      Body: DetailsStep,
    },
  ],
}

/** The same where these are there already: their names are taken. */
export const wizardAmong = (
  namespaces: readonly Pick<NamespaceOption, 'type' | 'name'>[],
): WizardDefinition<NamespaceValues> => ({
  ...namespaceWizard,
  objections: (values) => {
    const taken = takenNamespace(values, namespaces)
    return taken ? [{ field: 'name', message: `${taken} Choose another name.` }] : []
  },
})
