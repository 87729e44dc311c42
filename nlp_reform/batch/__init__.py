"""Many documents at once: shards on processes or a cluster, partitioned Parquet, a manifest, near-duplicates.

`plan` says which documents and how they are cut into shards; `watch` holds the processes (`analyst`) that read and
analyse to their limits; `shards` writes the rows; `engines` and `cluster` spread the shards; `similar` finds
near-duplicates; `run` tells the flow.
"""

from nlp_reform.batch.engines import ENGINES
from nlp_reform.batch.manifest import Settings
from nlp_reform.batch.orders import Limits
from nlp_reform.batch.run import Choices, Done, Progress, run
from nlp_reform.batch.shards import Outcome

__all__ = ["ENGINES", "Choices", "Done", "Limits", "Outcome", "Progress", "Settings", "run"]
