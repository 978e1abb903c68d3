'use client'

import { useOffer } from '../choices'
import { CheckInput } from '../fields/check-input'
import { SelectInput } from '../fields/select-input'
import { TextInput } from '../fields/text-input'

const NO_NAMESPACE = 'none'

const insights = [
  { value: 'disabled', label: 'As the account says' },
  { value: 'enabled', label: 'Container Insights', hint: 'metrics of every task; costs extra' },
  { value: 'enhanced', label: 'Container Insights, enhanced', hint: 'down to each container; costs more' },
]

/** A cluster: a name under which services and tasks run. `group` is its place in the form. */
export function ClusterFields({ group }: { group: string }) {
  return (
    <div className="flex flex-col gap-5">
      <TextInput
        name={`${group}.name`}
        label="Cluster name"
        mono
        placeholder="default"
        hint="Letters, digits, hyphens and underscores. It costs nothing by itself."
      />
      <SelectInput name={`${group}.containerInsights`} label="Metrics" options={insights} />
      <fieldset data-field={`${group}.capacityProviders`} className="flex flex-col gap-1.5">
        <legend className="mb-1.5 font-medium text-ink text-sm">Capacity providers</legend>
        <CheckInput name={`${group}.fargate`}>Fargate</CheckInput>
        <CheckInput name={`${group}.fargateSpot`} hint="Cheaper; AWS may end tasks with two minutes’ notice.">
          Fargate Spot
        </CheckInput>
      </fieldset>
    </div>
  )
}

/** The namespace that Service Connect uses in this cluster unless a service says otherwise. */
export function ClusterNamespace({ group }: { group: string }) {
  const { namespaces } = useOffer().choices
  return (
    <SelectInput
      name={`${group}.serviceConnectNamespaceId`}
      emptyValue={NO_NAMESPACE}
      label="Service Connect namespace"
      hint="Used by services of this cluster that name none."
      options={[
        { value: NO_NAMESPACE, label: 'None' },
        ...namespaces.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
