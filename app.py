"""Start the app: ``streamlit run app.py``."""

from procurement_risk.views import frame

frame.run()
