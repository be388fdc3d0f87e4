import { registryKinds } from './registry-kinds.js';
import { RegistryPage } from './RegistryPage.js';

export function PurposesPage() {
  return <RegistryPage key="purposes" kind={registryKinds.purposes} />;
}

export function CategoriesPage() {
  return <RegistryPage key="categories" kind={registryKinds.categories} />;
}

export function ServicesPage() {
  return <RegistryPage key="services" kind={registryKinds.services} />;
}
