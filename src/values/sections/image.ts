import { choice, group, text } from '../definition.ts';
import { IMAGE_DIGEST, IMAGE_REPOSITORY, IMAGE_TAG, orEmpty } from '../grammar.ts';

/** The image of one container. */
export function image(repository: string, tag = '') {
  return group('Image of the container.', {
    repository: text(
      repository,
      IMAGE_REPOSITORY,
      'Repository of the image, without tag. With global.imageRegistry set, that is put before it.',
    ),
    tag: text(
      tag,
      orEmpty(IMAGE_TAG),
      tag === '' ? "Tag of the image; empty means the chart's appVersion." : 'Tag of the image.',
    ),
    digest: text('', orEmpty(IMAGE_DIGEST), 'Digest of the image; when set, it is used instead of the tag.'),
    pullPolicy: choice(['IfNotPresent', 'Always', 'Never'], 'IfNotPresent', 'When the image is pulled.'),
  });
}
