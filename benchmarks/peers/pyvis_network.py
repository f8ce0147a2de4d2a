"""Networks as pyvis draws them by default, each in a Streamlit page of its own.

pyvis would fetch vis-network and Bootstrap from elsewhere; here it gets the very vis-network that COPDash uses,
inlined, and no Bootstrap. The page notes when vis-network itself says that the network stands still.
"""

import functools
import re
from pathlib import Path

import streamlit as st
from pyvis.network import Network

from benchmarks.graphs import SIZES, pairs

VENDOR = Path(__file__).resolve().parents[2] / "copdash" / "components" / "boards" / "vendor"
NOTE = """<script>network.once("stabilized", () => {
  document.documentElement.dataset.steady = performance.timeOrigin + performance.now();
});</script></body>"""


@st.cache_data
def picture(nodes: int, ties: int) -> str:
    """The page that pyvis makes of the graph."""
    net = Network(height="750px", width="100%", directed=True, cdn_resources="remote")
    for n in range(nodes):
        net.add_node(n, label=f"Stakeholder {n}")
    for a, b in pairs(nodes, ties):
        net.add_edge(a, b)
    page = re.sub(r"<link[^>]*>|<script\s[^>]*src=.*?</script>", "", net.generate_html(), flags=re.DOTALL)
    script = (VENDOR / "vis-network.min.js").read_text("utf-8").replace("</script", "<\\/script")
    return page.replace("<head>", f"<head><script>{script}</script>", 1).replace("</body>", NOTE, 1)


def start() -> None:
    """Where the click comes from."""
    st.title("Start")


def network(nodes: int, ties: int) -> None:
    """What the click leads to."""
    st.title("Network")
    st.iframe(picture(nodes, ties), height=770)


st.set_page_config(layout="wide")
pages = [st.Page(start, title="Start", default=True)]
for size in SIZES:
    pages.append(st.Page(functools.partial(network, *size), title=f"Network {size[0]}", url_path=f"network-{size[0]}"))
st.navigation(pages).run()
