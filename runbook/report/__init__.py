"""How a run is told: timeline, measures and the document made of them."""
