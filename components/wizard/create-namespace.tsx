'use client'

import { firstNamespaceValues } from './namespace/values'
import { namespaceWizard } from './namespace/wizard'
import { Wizard } from './wizard'
import { WizardPage } from './wizard-page'

export function CreateNamespace() {
  return (
    <WizardPage title={namespaceWizard.title}>
      {({ choices, topology }) => (
        <Wizard
          wizard={namespaceWizard}
          first={firstNamespaceValues(choices.network.vpcs)}
          topology={topology}
        />
      )}
    </WizardPage>
  )
}
