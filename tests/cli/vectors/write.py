"""Writes the files of vectors beside it, with the programs that people have them from.

    python tests/cli/vectors/write.py

Needs implicit, gensim, numpy, pyarrow and safetensors. The files are small and committed, so that tests need none of it.
"""

import csv
import json
import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.sparse as sp
from gensim.models import KeyedVectors
from implicit.als import AlternatingLeastSquares
from safetensors.numpy import save_file

HERE = Path(__file__).parent
N_ITEMS, N_USERS = 24, 90
LIKED = [0, 4]
rng = np.random.default_rng(5)

# Two tastes: items of even and of odd numbers. Everybody likes about seven of one and one of the other.
likes = np.zeros((N_USERS, N_ITEMS), dtype=np.float32)
for user in range(N_USERS):
    own, other = np.arange(user % 2, N_ITEMS, 2), np.arange(1 - user % 2, N_ITEMS, 2)
    likes[user, rng.choice(own, 7, replace=False)] = 1
    likes[user, rng.choice(other, 1)] = 1
ids = [f"f{n:02}" for n in range(N_ITEMS)]

with open(HERE / "events.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["user", "item"])
    writer.writerows([f"u{user}", ids[item]] for user, item in np.argwhere(likes))
with open(HERE / "items.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "title", "genres"])
    writer.writerows([id, f"Film {n}", "even" if n % 2 == 0 else "odd"] for n, id in enumerate(ids))

als = AlternatingLeastSquares(factors=6, regularization=0.05, alpha=20.0, iterations=20, random_state=1, num_threads=1)
als.fit(sp.csr_matrix(likes), show_progress=False)
als.save(HERE / "als.npz")
stranger = sp.csr_matrix(([1.0] * len(LIKED), ([0] * len(LIKED), LIKED)), shape=(1, N_ITEMS), dtype=np.float32)
found, scores = als.recommend(0, stranger, N=8, recalculate_user=True)
expected = {"liked": [ids[n] for n in LIKED], "recommended": [ids[n] for n in found], "scores": scores.tolist()}
(HERE / "expected.json").write_text(json.dumps(expected, indent=2) + "\n")

(HERE / "ids.txt").write_text("\n".join(ids) + "\n")
(HERE / "ids.json").write_text(json.dumps({id: n for n, id in enumerate(ids)}, indent=2) + "\n")
np.save(HERE / "ids.npy", np.array(ids))

vectors = als.item_factors.astype(np.float32)
np.save(HERE / "double-by-column.npy", np.asfortranarray(vectors.astype(np.float64)))
np.savez_compressed(HERE / "half-with-ids.npz", vectors=vectors.astype(np.float16), ids=np.array(ids))
save_file({"item.weight": vectors.astype(np.float16), "item.bias": np.zeros(N_ITEMS, np.float32)}, HERE / "half.safetensors")
keyed = KeyedVectors(vectors.shape[1])
keyed.add_vectors(ids, vectors)
keyed.save_word2vec_format(str(HERE / "word2vec.txt"))
lists = pa.array(vectors.tolist(), type=pa.list_(pa.float32()))
pq.write_table(pa.table({"id": ids, "features": lists}), HERE / "lists.parquet")
(HERE / "model.pkl").write_bytes(pickle.dumps({"item_factors": vectors[:2]}, protocol=4))
np.save(HERE / "objects.npy", np.array(ids[:2], dtype=object), allow_pickle=True)
