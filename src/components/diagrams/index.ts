import ContainerLife from './ContainerLife.astro';
import DockerChain from './DockerChain.astro';
import TwoContainers from './TwoContainers.astro';

/** The drawings that lessons may use, by name. */
export const diagrams = { ContainerLife, DockerChain, TwoContainers };
