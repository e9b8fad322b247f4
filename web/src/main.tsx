import { createRoot } from 'react-dom/client'
import './style/tokens.css'
import './style/base.css'
import './style/frame.css'
import './style/parts.css'
import { App } from './app.tsx'

createRoot(document.getElementById('root')!).render(<App />)
