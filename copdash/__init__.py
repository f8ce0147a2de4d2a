"""COPDash: stakeholders, their ties and their meetings as rows in one store, and every screen a view of them."""
