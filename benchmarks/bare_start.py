"""The least that Streamlit can show: what starting the app is measured against."""

import streamlit as st

st.title("A bare page")
st.markdown("Nothing stands behind it.")
